import {constants} from 'node:os';

/** The exit code of a screen: as shells tell of a program that a signal ended, 128 + the signal's number. */
export function exitCodeOf(signal: NodeJS.Signals | undefined): number {
	return signal === undefined ? 0 : 128 + constants.signals[signal];
}
