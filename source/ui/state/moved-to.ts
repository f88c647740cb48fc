import type {Action} from './action.ts';

/** Where an action moves to in a list, which may be beyond its ends; undefined if it is no movement. */
export function movedTo(at: number, action: Action, pageRows: number, last: number): number | undefined {
	switch (action.type) {
		case 'move':
			return at + action.by;
		case 'page':
			return at + action.by * pageRows;
		case 'first':
			return 0;
		case 'last':
			return last;
		default:
			return undefined;
	}
}
