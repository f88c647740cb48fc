// meow looks for the package.json around it and would read it as npm does: lists of SPDX licences, semver, git hosts.
// ktop gives its package itself, so that none of that is ever called; yet it is two thirds of meow's code and half of
// the time that meow takes to load. This leaves it out of the bundle and changes nothing else.
import {readFile} from 'node:fs/promises';

const LOOKING_FOR_A_PACKAGE = /import \{[^}]*\breadPackageUpSync\b[^}]*\} from '.\/dependencies.js';/;
const STAND_IN = `
const readPackageUpSync = () => { throw new Error('meow needs the option pkg in this bundle'); };
const normalizePackageData = () => {};`;

/** Modules that were CommonJS are run when they are loaded; marked as pure, those that nobody uses go. */
const RUN_AT_LOAD = /^((?:var|const) \w+ = )((?:require\w+(?:\$\d+)?|getDefaultExportFromCjs)\()/gm;
const UNUSED = 'promisify(execFile);';

export const leanMeow = {
	name: 'lean-meow',
	setup(build) {
		build.onLoad({filter: /\/meow\/build\/options\.js$/}, async ({path}) => ({
			contents: replace(await readFile(path, 'utf8'), LOOKING_FOR_A_PACKAGE, STAND_IN),
		}));
		build.onLoad({filter: /\/meow\/build\/dependencies\.js$/}, async ({path}) => ({
			contents: replace(
				replace(await readFile(path, 'utf8'), RUN_AT_LOAD, '$1/* @__PURE__ */ $2'),
				UNUSED,
				'',
			),
		}));
	},
};

function replace(text, pattern, by) {
	const replaced = text.replace(pattern, by);
	if (replaced === text) {
		throw new Error(`meow has changed: ${pattern} is not in it any more; see .build/lean-meow.mjs`);
	}

	return replaced;
}
