export class PageRenderer {
  readonly inlineScript = '';
  static of(..._: unknown[]): PageRenderer { return new PageRenderer(); }
  show(..._: unknown[]): string { return ''; }
  showError(..._: unknown[]): string { return ''; }
}
