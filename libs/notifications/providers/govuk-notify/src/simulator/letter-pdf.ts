const LINES_ON_A_PAGE = 48;

/** A letter as a PDF of one page (ISO 32000-1), plain but readable: enough for a program that fetches it and a person who opens it. */
export function letterPdf(lines: readonly string[]): Buffer {
  const text = lines.slice(0, LINES_ON_A_PAGE).map((line) => `(${[...line].map((sign) => (/[\\()]/.test(sign) ? `\\${sign}` : sign.charCodeAt(0) < 256 ? sign : '?')).join('')}) '`).join('\n');
  const content = `BT /F1 11 Tf 60 780 Td 15 TL\n${text}\nET`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>', '<< /Type /Pages /Kids [3 0 R] /Count 1 >>', '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${Buffer.byteLength(content, 'latin1')} >>\nstream\n${content}\nendstream`, '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
  ];
  let pdf = '%PDF-1.4\n';
  const places = objects.map((object, index) => {
    const place = Buffer.byteLength(pdf, 'latin1');
    pdf += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return place;
  });
  const table = Buffer.byteLength(pdf, 'latin1');
  pdf += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('')}trailer << /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${table}\n%%EOF\n`;
  return Buffer.from(pdf, 'latin1');
}
