// How source/ is bundled, for the package and for the single executable.
import {builtinModulesAsTheyAre} from './builtin-modules.mjs';
import {cheapInk, inkForProduction, yogaWithoutFetch} from './cheap-ink.mjs';
import {leanMeow} from './lean-meow.mjs';

/** ktop speaks HTTP/1.1 alone; to load Node's HTTP/2 would take a fifth of a pipe's CPU. */
const withoutHttp2 = {
	name: 'without HTTP/2',
	setup({onLoad}) {
		onLoad({filter: /[\\/]undici[\\/]lib[\\/]dispatcher[\\/]client-h2\.js$/}, () => ({
			contents: "module.exports = () => { throw new Error('no HTTP/2'); };",
		}));
	},
};

/**
 * Of Node's HTTP undici asks how many bytes of headers there may be, which is Node's default here, and whether a body is a
 * request that Node received; of `assert` for one function. The first request would load both: a thirtieth of a pipe's CPU.
 */
const leanUndici = {
	name: 'lean undici',
	setup({onResolve, onLoad}) {
		onResolve({filter: /^node:(?:http|assert)$/}, ({path, importer}) =>
			/[\\/]undici[\\/]lib[\\/]/.test(importer) ? {path, namespace: 'lean'} : undefined,
		);
		onLoad({filter: /^node:http$/, namespace: 'lean'}, () => ({
			contents: 'module.exports = {maxHeaderSize: 16_384, IncomingMessage: class {}};',
		}));
		onLoad({filter: /^node:assert$/, namespace: 'lean'}, () => ({
			contents: `module.exports = (value, message = 'undici: an assertion failed') => {
				if (!value) throw message instanceof Error ? message : new Error(message);
			};`,
		}));
	},
};

/** Options of esbuild. */
export function bundling(version) {
	return {
		bundle: true,
		minify: true,
		platform: 'node',
		format: 'esm',
		target: 'node20',
		loader: {'.md': 'text'},
		define: {'process.env.KTOP_VERSION': JSON.stringify(version)},
		plugins: [
			leanUndici,
			builtinModulesAsTheyAre,
			withoutHttp2,
			leanMeow,
			inkForProduction,
			cheapInk,
			yogaWithoutFetch,
		],
		logLevel: 'warning',
	};
}

/** The same for what is bundled already. */
export function linking({minify, platform, format, target, logLevel}) {
	return {minify, platform, format, target, logLevel};
}
