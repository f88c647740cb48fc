import {readFileSync} from 'node:fs';
import {join} from 'node:path';

/**
 * A body of test/fixtures as of `nowMs`: `@NOW-30@` becomes the time less 30 s, `@COUNT*K+B@` a counter that has grown
 * by K a second for `seconds`.
 */
export function growingAnswer(file: string, nowMs: number, seconds: number): string {
	return readFileSync(join(import.meta.dirname, '../fixtures', file), 'utf8')
		.replace(/@NOW(-\d+)?@/g, (_, ago: string | undefined) =>
			new Date(nowMs + Number(ago ?? 0) * 1000).toISOString().replace(/\.\d+Z$/, 'Z'),
		)
		.replace(/@COUNT\*(\d+)\+(\d+)@/g, (_, perSecond: string, base: string) =>
			String(seconds * Number(perSecond) + Number(base)),
		);
}
