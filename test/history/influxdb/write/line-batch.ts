import type {LineBatch} from '../../../../source/history/influxdb/write/line-protocol.ts';

export function lineBatch(lines: readonly string[]): LineBatch {
	return {text: lines.join('\n'), lines: lines.length};
}

/** The lines of batches, one by one. */
export function linesOf(batches: Iterable<LineBatch>): readonly string[] {
	return [...batches].flatMap(({text}) => text.split('\n'));
}
