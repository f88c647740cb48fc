import {EventEmitter} from 'node:events';
import {PassThrough} from 'node:stream';
import type {Feed} from '../../source/ui/feed.ts';
import {startScreen} from '../../source/ui/start-screen.tsx';
import {NO_MEMORY} from '../../source/ui/state/screen-memory.ts';

/** A terminal of 200x60 that takes everything and shows nothing. Emits `frame` when something is written. */
class SilentTerminal extends EventEmitter {
	readonly columns = 200;
	readonly rows = 60;
	readonly isTTY = true;
	readonly writable = true;
	/** UTF-16 units. */
	written = 0;

	readonly write = (text: string, done?: unknown): boolean => {
		this.written += text.length;
		if (text !== '') {
			this.emit('frame');
		}

		if (typeof done === 'function') {
			done();
		}

		return true;
	};
}

/** ktop's whole screen on a terminal in memory: keys go in by `stdin`, and `stdout` counts what is written. */
export class SilentScreen {
	readonly stdin = Object.assign(new PassThrough(), {setRawMode: () => {}, isTTY: true});
	readonly stdout = new SilentTerminal();

	/** Begins with the nodes. */
	start(feed: Feed): void {
		void startScreen(feed, {
			stdin: this.stdin as unknown as NodeJS.ReadStream,
			stdout: this.stdout as unknown as NodeJS.WriteStream,
			level: 'nodes',
			sort: undefined,
			filter: undefined,
			namespaces: undefined,
			theme: 'terminal',
			colors: '16',
			charts: 'lines',
			hasMouse: false,
			isSpoken: false,
			multiplexer: undefined,
			memory: NO_MEMORY,
			remember: () => {},
			symbols: 'unicode',
		});
	}
}
