// ktop(1) is made by source/help/man-page.ts, which Node 20 cannot run as it is.
import {build} from 'esbuild';

/** The manual page of this version. */
export async function manPageOf(version) {
	const {outputFiles} = await build({
		entryPoints: ['source/help/man-page.ts'],
		bundle: true,
		write: false,
		platform: 'node',
		format: 'esm',
		target: 'node20',
		loader: {'.md': 'text'},
	});
	const {manPage} = await import(
		`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`
	);
	return manPage(version);
}
