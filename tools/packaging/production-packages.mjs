/**
 * The packages that an app needs in production, found as Node would find them: by package-lock.json's own layout, so with its own versions.
 *
 * @param {Record<string, any>} locked "packages" of package-lock.json
 * @param {string} app the app's folder
 * @returns {{ from: string, to: string }[]} each package's folder, and where it lies below the packaged app
 * @throws Error when a package that is needed is not in the lock
 */
export function productionPackages(locked, app) {
  const found = new Map();
  const visit = (at, layout) => {
    const entry = locked[at];
    const optional = new Set([...Object.keys(entry.optionalDependencies ?? {}), ...Object.entries(entry.peerDependenciesMeta ?? {}).filter(([, meta]) => meta.optional).map(([name]) => name)]);
    for (const name of Object.keys({ ...entry.dependencies, ...entry.optionalDependencies, ...entry.peerDependencies })) {
      const key = resolve(locked, at, name);
      if (key === undefined || (optional.has(name) && entry.peerDependencies?.[name])) {
        if (optional.has(name)) continue;
        throw new Error(`${at} needs ${name}, which package-lock.json does not have. Run "npm install" and commit the lock.`);
      }
      const from = locked[key].link ? locked[key].resolved : key;
      const to = placeOf(key, layout);
      if (found.has(to)) {
        if (found.get(to) !== from) throw new Error(`${found.get(to)} and ${from} would both lie at ${to} of the packaged app. Give the app the version that the others use.`);
        continue;
      }
      found.set(to, from);
      visit(from, new Map([...layout, [from, to]]));
    }
  };
  visit(app, new Map([[app, '']]));
  return [...found].map(([to, from]) => ({ from, to })).sort((a, b) => (a.to < b.to ? -1 : 1));
}

/** The key of a package by name, as seen from a folder: the nearest node_modules upwards. */
function resolve(locked, from, name) {
  for (let at = from; ; at = at.includes('/') ? at.slice(0, at.lastIndexOf('/')) : '') {
    const key = at === '' ? `node_modules/${name}` : `${at}/node_modules/${name}`;
    if (!at.endsWith('node_modules') && locked[key]) return key;
    if (at === '') return undefined;
  }
}

/** Where a package lies in the packaged app: what is nested below a package stays below it, wherever that now lies. */
function placeOf(key, layout) {
  const above = [...layout].filter(([from]) => key.startsWith(`${from}/node_modules/`)).sort(([a], [b]) => b.length - a.length)[0];
  if (!above) return key;
  const [from, to] = above;
  return `${to === '' ? '' : `${to}/`}${key.slice(from.length + 1)}`;
}
