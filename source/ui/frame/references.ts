import {nodeCapacity} from '../../metrics/columns.ts';
import type {ResourceAmounts} from '../../metrics/inventory.ts';
import type {Row, SeriesName} from '../../metrics/row.ts';
import type {Style} from '../theme/theme.ts';

/** What a series stands against. */
export type NamedReference = {readonly name: string; readonly value: number; readonly style: Style};

/** Requests, limits and capacity of what a row is, for its CPU and memory. */
export function referencesOf(row: Row, series: SeriesName | undefined): readonly NamedReference[] {
	const resource =
		series === 'cpuCores' ? 'cpuCores' : series === 'memoryWorkingSetBytes' ? 'memoryBytes' : undefined;
	if (resource === undefined) {
		return [];
	}

	const of = (
		name: string,
		amounts: ResourceAmounts | undefined,
		style: Style,
	): readonly NamedReference[] => {
		const value = amounts?.[resource];
		return value === undefined || value <= 0 ? [] : [{name, value, style}];
	};
	switch (row.kind) {
		case 'tree':
			return referencesOf(row.of, series);
		case 'node':
			return of('all', nodeCapacity(row), 'warning');
		case 'pod':
			return [
				...of('req', row.info?.requests, 'dim'),
				...(row.info?.isLimited[resource === 'cpuCores' ? 'cpu' : 'memory'] === true
					? of('lim', row.info.limits, 'warning')
					: []),
			];
		case 'container':
			return [
				...of('req', row.info?.requests, 'dim'),
				...of('lim', {cpuCores: row.cpuLimitCores, memoryBytes: row.memoryLimitBytes}, 'warning'),
			];
		case 'namespace':
			return of('req', row.bound?.requests, 'dim');
	}
}
