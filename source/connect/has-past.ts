import type {Origin} from '../options/options.ts';

/** Whether a store may know what was before ktop started. A module of its own, because most starts need no more of it. */
export function hasPast({history, sources}: Origin): boolean {
	return history !== undefined || demoOf(sources) !== undefined;
}

/** The demo, if nothing else is read. */
export function demoOf([only, ...others]: Origin['sources']): string | undefined {
	return only?.kind === 'demo' && others.length === 0 ? only.options : undefined;
}
