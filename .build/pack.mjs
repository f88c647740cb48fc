// Replaces the archive that `npm pack` made by one without dependencies, scripts and settings of tools: the bundle holds
// all that runs. The package.json of the working tree is not touched, whatever fails here.
import {execFile} from 'node:child_process';
import {cp, mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {promisify} from 'node:util';

const NOT_FOR_USERS = ['dependencies', 'devDependencies', 'scripts', 'knip', 'allowScripts'];

/** What npm takes whether `files` names it or not. */
const ALWAYS = ['README.md', 'LICENSE'];

const [destination = process.env.npm_config_pack_destination || '.'] = process.argv.slice(2);
const manifest = JSON.parse(await readFile('package.json', 'utf8'));
const stage = await mkdtemp(join(tmpdir(), 'ktop-pack-'));
try {
	for (const path of [...manifest.files.filter(file => !file.startsWith('!')), ...ALWAYS]) {
		await cp(path, join(stage, path), {recursive: true});
	}

	// Pages of packages show it, and have no other file of the repository.
	const readme = join(stage, 'README.md');
	await writeFile(readme, withoutRelativeLinks(await readFile(readme, 'utf8')));

	const published = Object.fromEntries(
		Object.entries(manifest).filter(([key]) => !NOT_FOR_USERS.includes(key)),
	);
	await writeFile(join(stage, 'package.json'), `${JSON.stringify(published, null, '\t')}\n`);
	await promisify(execFile)('npm', ['pack', stage, '--ignore-scripts', '--pack-destination', destination], {
		shell: process.platform === 'win32',
	});
} finally {
	await rm(stage, {recursive: true});
}

/** Links and pictures lead to the repository, at the tag of this version. */
function withoutRelativeLinks(markdown) {
	const repository = manifest.repository.replace(/^github:/, '');
	return markdown.replaceAll(
		/(!?)\[([^\]]*)\]\((?!https?:|#)([^)]+)\)/g,
		(_, picture, text, path) =>
			`${picture}[${text}](https://${picture ? 'raw.githubusercontent.com' : 'github.com'}/${repository}/${picture ? '' : 'blob/'}v${manifest.version}/${path})`,
	);
}
