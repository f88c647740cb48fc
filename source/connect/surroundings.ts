import {homedir} from 'node:os';
import type {ConnectionEnvironment} from '../cluster/connection/options.ts';

/** What this process stands in. `hasScreen` tells whether the terminal is taken: then no login plugin may ask on it. */
export function processSurroundings(hasScreen: () => boolean): ConnectionEnvironment {
	return {
		environment: process.env,
		homeDirectory: homedir(),
		now: Date.now,
		isInteractive: () => process.stdin.isTTY === true && process.stderr.isTTY === true && !hasScreen(),
	};
}
