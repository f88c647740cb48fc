import {homedir} from 'node:os';
import type {ConnectionEnvironment} from '../cluster/connection/options.ts';
import type {Log} from '../metrics/model/log.ts';

/** The environment of this process. While `hasScreen` is true, a login plugin must not use the terminal. */
export function processSurroundings(hasScreen: () => boolean, log?: Log | undefined): ConnectionEnvironment {
	return {
		environment: process.env,
		homeDirectory: homedir(),
		now: Date.now,
		hasScreen,
		isInteractive: () => process.stdin.isTTY === true && process.stderr.isTTY === true && !hasScreen(),
		log,
	};
}
