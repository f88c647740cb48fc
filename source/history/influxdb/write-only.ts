import type {InfluxdbSeries} from './query-result.ts';

/**
 * True for the answer of a store that takes line protocol and knows no InfluxQL. VictoriaMetrics answers every statement
 * as if it were `SHOW DATABASES` (app/vminsert/influx, `-influx.databaseNames`), for clients that ask before they write.
 * Only for statements that list something else.
 */
export function isWriteOnly(answer: readonly InfluxdbSeries[]): boolean {
	return answer.length > 0 && answer.every(({name}) => name === 'databases');
}
