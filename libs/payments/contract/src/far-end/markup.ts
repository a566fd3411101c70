/** Text as text, never as markup: for what a service or a payer sent. @beta */
export function escape(text: string): string { return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`); }

/** `£5,500.00` of 550000 pence. @beta */
export function pounds(pence: number): string { return `£${Math.floor(pence / 100).toLocaleString('en-GB')}.${String(pence % 100).padStart(2, '0')}`; }
