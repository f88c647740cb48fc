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
		plugins: [builtinModulesAsTheyAre, withoutHttp2, leanMeow, inkForProduction, cheapInk, yogaWithoutFetch],
		logLevel: 'warning',
	};
}

/** The same for what is bundled already. */
export function linking({minify, platform, format, target, logLevel}) {
	return {minify, platform, format, target, logLevel};
}
