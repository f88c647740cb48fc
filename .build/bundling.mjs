// How source/ is bundled, for the package and for the single executable.
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
		// Bundled CommonJS packages (yaml) call require() for Node's own modules.
		banner: {
			js: "import{createRequire as __createRequire}from'module';const require=__createRequire(import.meta.url);",
		},
		plugins: [withoutHttp2, leanMeow, inkForProduction, cheapInk, yogaWithoutFetch],
		logLevel: 'warning',
	};
}
