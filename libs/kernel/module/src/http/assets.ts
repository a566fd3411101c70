export async function serveAssets(..._: unknown[]): Promise<void> {}
