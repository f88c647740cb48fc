// The licences of everything that is in the bundle, as their texts ask for when they are passed on.
import {readdir, readFile} from 'node:fs/promises';
import {join} from 'node:path';

const LICENSE_FILE = /^(?:licen[cs]e|copying|notice)(?:[.-].*)?$/i;

/** Some packages hold others, and name them in a file of their own. */
const HELD_IN = {meow: 'build/licenses.md'};

/** yoga-layout names its licence and holder in its files, and leaves the text out of its npm package. */
const TEXT_OF = {'yoga-layout': new URL('yoga-layout-license.txt', import.meta.url)};

/**
 * One text with name, version and licence of every package that esbuild took something from. Throws where one has no
 * licence text.
 */
export async function licensesOf(metafile) {
	const used = Object.values(metafile.outputs).flatMap(({inputs}) =>
		Object.entries(inputs).flatMap(([path, {bytesInOutput}]) => (bytesInOutput > 0 ? [path] : [])),
	);
	const folders = [...new Set(used.flatMap(path => packageFolder(path) ?? []))].sort();
	const sections = await Promise.all(folders.map(section));
	return `ktop is bundled with these packages:\n\n${sections.join(`\n${'-'.repeat(80)}\n\n`)}`;
}

/** `node_modules/a/node_modules/@b/c` of a file below it. */
function packageFolder(path) {
	return /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0];
}

async function section(folder) {
	const {name, version, license} = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
	const files = (await readdir(folder))
		.filter(file => LICENSE_FILE.test(file))
		.sort()
		.map(file => join(folder, file));
	if (TEXT_OF[name] !== undefined) {
		files.push(TEXT_OF[name]);
	}

	if (typeof license !== 'string' || files.length === 0) {
		throw new Error(
			`${name} ${version} is bundled and has no licence ${files.length === 0 ? 'text' : 'name'}`,
		);
	}

	const held = HELD_IN[name] === undefined ? [] : [join(folder, HELD_IN[name])];
	const texts = await Promise.all(
		[...files, ...held].map(async file => (await readFile(file, 'utf8')).trim()),
	);
	return `${name} ${version} (${license})\n\n${texts.join('\n\n')}\n`;
}
