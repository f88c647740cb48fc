import type {ScrapeContext} from '../../source/scrape/target.ts';

/** The terms of a scrape of a node that nobody views, with a minute's time. */
export function context(change: Partial<ScrapeContext> & {readonly timeoutMs?: number} = {}): ScrapeContext {
	const {timeoutMs = 60_000, ...rest} = change;
	return {
		signal: new AbortController().signal,
		deadlineMs: performance.now() + timeoutMs,
		isViewed: () => false,
		...rest,
	};
}
