import {setFlagsFromString} from 'node:v8';

/**
 * For a process that ends after a few requests; to be called before the first. V8 optimises undici's parser, which is
 * WebAssembly, in the background, and the exit of Node 20 waits for that: twice the CPU of a whole `ktop --json`. Both
 * flags are needed: one alone does nothing there, and makes Node 22 and 24 slow. A process that lives on wants none.
 */
export function leaveParserUnoptimized(): void {
	setFlagsFromString('--no-wasm-tier-up');
	setFlagsFromString('--no-wasm-dynamic-tiering');
}
