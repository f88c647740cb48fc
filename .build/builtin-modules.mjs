import {createHash} from 'node:crypto';
import {builtinModules} from 'node:module';
import {relative} from 'node:path';

const NAMES = new Set(builtinModules);

/** What can be a name in JavaScript and is none of its words. */
const isName = name => /^[A-Za-z_$][\w$]*$/.test(name) && name !== 'default';

/**
 * Takes Node's own modules from `process.getBuiltinModule` (Node 20.16). An `import` of one makes a module of all that it
 * exports: Node then runs each getter of it, and loads what is behind them: a tenth of the CPU time of a snapshot.
 */
export const builtinModulesAsTheyAre = {
	name: 'built-in modules as they are',
	setup({onResolve, onLoad}) {
		onResolve({filter: /^(?:node:)?[a-z_0-9/]+$/}, ({path, kind, importer}) => {
			const name = path.replace(/^node:/, '');
			return NAMES.has(name) && kind !== 'dynamic-import'
				? {
						path: name,
						// One for each that imports it: what is shared would make a chunk of its own.
						suffix: `?${createHash('sha1').update(relative('.', importer)).digest('hex')}`,
						namespace: kind === 'require-call' ? 'required' : 'imported',
					}
				: undefined;
		});
		onLoad({filter: /.*/, namespace: 'required'}, ({path}) => ({
			contents: `module.exports = ${moduleOf(path)};`,
		}));
		onLoad({filter: /.*/, namespace: 'imported'}, ({path}) => {
			const names = Object.keys(process.getBuiltinModule(path)).filter(isName);
			return {
				contents: [
					`const all = ${moduleOf(path)};`,
					'export default all;',
					// esbuild leaves out what nothing imports.
					...names.map(name => `export const ${name} = /* @__PURE__ */ (() => all.${name})();`),
				].join('\n'),
			};
		});
	},
};

const moduleOf = name => `process.getBuiltinModule('${name}')`;
