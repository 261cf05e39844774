// @ts-check
/** Whose code is in what we build, and under which licences: a file that goes out with every package of ours. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { ROOT, SetupError } from './step.mjs';

const RECORDS = join(ROOT, 'dist/bundled');
/** What a build of ours may hold; anything else is a decision for a person. */
const FIT = /^(MIT|ISC|BSD-[23]-Clause|Apache-2\.0|0BSD|Zlib|MIT AND MPL-2\.0|MPL-2\.0)$/;
const TEXTS = join(ROOT, 'scripts/licences');
const LINKED = [
  { name: 'libsodium', licence: 'ISC' },
  { name: 'libzmq', licence: 'MPL-2.0' },
];
const LICENCE_FILE = /^(licen[cs]e|copying|notice)/i;

/** @typedef {{ name: string, version: string, licence: string, texts: string[] }} Package */

/**
 * Notes which packages gave code to a bundle.
 * @param {string} bundle
 * @param {readonly import('esbuild').Metafile[]} metafiles
 */
export function recordBundled(bundle, metafiles) {
  const inputs = metafiles.flatMap(({ outputs }) =>
    Object.values(outputs).flatMap(output =>
      Object.entries(output.inputs)
        .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
        .map(([path]) => path),
    ),
  );
  const folders = inputs.flatMap(path => {
    const found = /^(?:[\w-]+:)?(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path);
    return found ? [relative(ROOT, resolve(ROOT, String(found[1])))] : [];
  });
  mkdirSync(RECORDS, { recursive: true });
  const text = `${JSON.stringify([...new Set(folders)].sort(), null, 1)}\n`;
  writeFileSync(join(RECORDS, `${bundle}.json`), text);
}

/**
 * The text of all licences, from what the builds noted, and from what Jupyter's builder says it added.
 * @throws SetupError that names a package without a licence that fits.
 */
export function thirdPartyLicences() {
  const folders = readdirSync(RECORDS).flatMap(
    name => /** @type {string[]} */ (JSON.parse(readFileSync(join(RECORDS, name), 'utf8'))),
  );
  /** @type {Map<string, Package>} */
  const packages = new Map();
  // The addon and the grammar are no modules that a bundler sees.
  for (const folder of [...folders, 'node_modules/zeromq', 'node_modules/tree-sitter-python']) {
    const found = readPackage(join(ROOT, folder));
    packages.set(`${found.name}@${found.version}`, found);
  }
  // Linked into the addon.
  for (const { name, licence } of LINKED) {
    const text = readFileSync(join(TEXTS, `${name}.txt`), 'utf8').trim();
    packages.set(name, { name, version: '', licence, texts: [text] });
  }
  for (const found of addedByBuilder()) {
    const key = `${found.name}@${found.version}`;
    if (!packages.has(key)) packages.set(key, found);
  }
  const sorted = [...packages.values()].sort((a, b) => a.name.localeCompare(b.name));
  const unfit = sorted.filter(({ licence, texts }) => !FIT.test(licence) || texts.length === 0);
  if (unfit.length > 0)
    throw new SetupError(
      `No licence that fits: ${unfit.map(({ name, licence }) => `${name} (${licence || 'none'})`).join(', ')}`,
    );
  return [
    'PyPerf for Jupyter contains code of the following packages.',
    ...sorted.map(
      ({ name, version, licence, texts }) =>
        `${'='.repeat(78)}\n${[name, version].filter(Boolean).join(' ')} (${licence})\n${'='.repeat(78)}\n\n${texts.join('\n\n')}`,
    ),
    '',
  ].join('\n\n');
}

/**
 * @param {string} folder
 * @returns {Package}
 */
function readPackage(folder) {
  const { name, version, license, author } = JSON.parse(
    readFileSync(join(folder, 'package.json'), 'utf8'),
  );
  const texts = readdirSync(folder)
    .filter(file => LICENCE_FILE.test(file))
    .sort()
    .map(file => readFileSync(join(folder, file), 'utf8').trim());
  // Some name the licence and the author, and leave the text to everybody's knowledge.
  if (texts.length === 0 && license === 'MIT' && author)
    texts.push(
      readFileSync(join(TEXTS, 'MIT.txt'), 'utf8')
        .replace('{copyright}', () => `Copyright (c) ${author.name ?? author}`)
        .trim(),
    );
  return { name, version, licence: String(license ?? ''), texts };
}

/** @returns {Package[]} */
function addedByBuilder() {
  const file = join(ROOT, 'dist/labextension/static/third-party-licenses.json');
  if (!existsSync(file)) return [];
  /** @type {{ packages: { name: string, versionInfo: string, licenseId: string, extractedText: string }[] }} */
  const { packages } = JSON.parse(readFileSync(file, 'utf8'));
  return packages
    .filter(({ name }) => name !== 'jupyterlab-pyperf')
    .map(({ name, versionInfo, licenseId, extractedText }) => ({
      name,
      version: versionInfo,
      licence: licenseId,
      texts: extractedText ? [extractedText.trim()] : [],
    }));
}
