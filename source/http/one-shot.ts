import {setFlagsFromString} from 'node:v8';

/**
 * For processes that exit after a few requests; must be called before the first one. V8 optimises undici's WebAssembly
 * parser in the background and Node 20 waits for that on exit, which costs twice the CPU of a whole `ktop --json`. Both
 * flags are needed: either by itself has no effect on Node 20 and slows down Node 22 and 24. Not for long-running processes.
 */
export function leaveParserUnoptimized(): void {
	setFlagsFromString('--no-wasm-tier-up');
	setFlagsFromString('--no-wasm-dynamic-tiering');
}
