import {fileURLToPath} from 'node:url';
import {Worker} from 'node:worker_threads';

/** The name of the worker's script in the single executable. */
const ASSET = 'scrape-worker.cjs';

/** Starts the thread of a scrape worker, which does not keep the process alive. Throws if that cannot be. */
export async function startThread(): Promise<Worker> {
	const thread = await newThread();
	thread.unref();
	return thread;
}

async function newThread(): Promise<Worker> {
	if (process.env.KTOP_SINGLE_EXECUTABLE === 'yes') {
		const {getAsset} = await import('node:sea');
		return new Worker(getAsset(ASSET, 'utf8'), {eval: true});
	}

	if (import.meta.url.endsWith('.ts')) {
		// Unbundled, for tests: tsx does not reach into threads by itself.
		const script = JSON.stringify(new URL('./worker.ts', import.meta.url).href);
		return new Worker(`import("tsx/esm/api").then(tsx => tsx.tsImport(${script}, ${script}))`, {eval: true});
	}

	return new Worker(fileURLToPath(new URL('./scrape/workers/worker.js', import.meta.url)));
}
