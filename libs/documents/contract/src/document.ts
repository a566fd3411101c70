/** UUIDv7, made by whoever stores the document. @public */
export type DocumentId = string & { readonly __brand: 'DocumentId' };

/** A photo is decoded and encoded afresh, so nothing of the sender's bytes survives; a file is kept as it came. @public */
export type DocumentKind = 'photo' | 'file';

/** What a document belongs to: a draft, a case, a message. @public */
export interface DocumentSubject { readonly type: string; readonly id: string }

/**
 * `receiving`: its bytes are on their way (a crash leaves it here, and it is swept) · `loose`: stored, belongs to nothing yet, swept after a day ·
 * `attached`: belongs to its subject · `removed`: its bytes are gone, the record says so.
 * @public
 */
export type DocumentState = 'receiving' | 'loose' | 'attached' | 'removed';

/** From which state a document may come into which. @public */
export const DOCUMENT_TRANSITIONS: Readonly<Record<DocumentState, readonly DocumentState[]>> = {
  receiving: ['loose', 'attached', 'removed'],
  loose: ['attached', 'removed'],
  attached: ['attached', 'removed'],
  removed: [],
};

/** The types that are accepted, found in the content, never believed from the name or the browser. @public */
export type DocumentType = 'image/jpeg' | 'image/png' | 'image/webp' | 'image/gif' | 'image/tiff' | 'image/avif' | 'application/pdf'
  | 'application/vnd.openxmlformats-officedocument.wordprocessingml.document' | 'application/vnd.oasis.opendocument.text' | 'text/plain';

/** @public */
export interface StoredDocument {
  readonly id: DocumentId;
  readonly kind: DocumentKind;
  readonly state: DocumentState;
  /** Of what is kept: a photo is always `image/jpeg`. */
  readonly contentType: DocumentType;
  readonly sizeInBytes: number;
  /** Of what is kept, hexadecimal. */
  readonly sha256: string;
  /** The sender's name for it, cleaned for showing and for a download; never used as a path. */
  readonly filename: string;
  /** Pixels, of a photo. */
  readonly width?: number;
  readonly height?: number;
  readonly hasThumbnail: boolean;
  readonly subject?: DocumentSubject;
  readonly storedAt: Date;
}

/** Limits unless the council sets others. @public */
export const DOCUMENT_LIMITS = {
  /** 10 MB: what a telephone's camera makes. */
  photoInBytes: 10_000_000,
  fileInBytes: 10_000_000,
  /** Above the 108 megapixels of a telephone, decoded in strips (JPEG); a decompression bomb is refused by its header, before it fills memory. */
  photoInPixels: 120_000_000,
  /** Of the types that cannot be decoded at a smaller scale. */
  bitmapInPixels: 30_000_000,
  /** The longer side of a kept photo, pixels. */
  photoSide: 2_000,
  thumbnailSide: 320,
  perSubject: 20,
  /** How long a link may live: seven days, so that a system that was away over a long weekend still finds what was handed to it. */
  linkInSeconds: 604_800,
} as const;

const EXTENSIONS: Readonly<Record<DocumentType, string>> = {
  'image/jpeg': 'jpg', 'image/png': 'png', 'image/webp': 'webp', 'image/gif': 'gif', 'image/tiff': 'tif', 'image/avif': 'avif', 'application/pdf': 'pdf',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx', 'application/vnd.oasis.opendocument.text': 'odt', 'text/plain': 'txt',
};

/** Every type that is accepted. @public */
export const DOCUMENT_TYPES: readonly DocumentType[] = Object.keys(EXTENSIONS) as DocumentType[];

/** The file name extension of a type, without its dot. @public */
export function extensionOf(type: DocumentType): string { return EXTENSIONS[type]; }

/**
 * A file name that is safe to show and to save under: no path, no control or direction-changing characters, at most 100 characters, and the
 * extension of what the content really is.
 * @public
 * @example cleanFilename('..\\..\\photo.php', 'image/jpeg') // 'photo.jpg'
 */
export function cleanFilename(given: string, type: DocumentType): string {
  const last = given.normalize('NFC').split(/[/\\]/).pop() ?? '';
  // Control characters, and the Unicode marks that turn the reading direction: "gpj.exe" must not show as "exe.jpg".
  const plain = last.replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Cn}]/gu, '').replace(/[<>:"|?*%;]/g, ' ').replace(/\s+/g, ' ');
  const stem = plain.replace(/^[.\s]+/, '').replace(/\.[^.\s]{1,10}$/, '').replace(/[.\s]+$/, '');
  return `${[...stem].slice(0, 90).join('').trim() || 'document'}.${extensionOf(type)}`;
}
