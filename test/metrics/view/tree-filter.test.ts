import {expect, test} from 'vitest';
import {columnsOf} from '../../../source/metrics/columns/columns.ts';
import {isText} from '../../../source/metrics/model/column.ts';
import type {Row} from '../../../source/metrics/model/row.ts';
import {lineOf} from '../../../source/metrics/view/select-tree.ts';
import {textsOfTable} from '../../../source/metrics/view/tree-filter.ts';
import {containerInfo, podInfo} from '../inventories.ts';
import {containerRow, podRow} from '../rows.ts';

const PODS = [
	podRow('web', {namespace: 'shop', node: 'n1', cluster: 'a', info: podInfo('web', {reason: 'Evicted'})}),
	podRow('db', {namespace: '', node: '', info: undefined}),
];
const CONTAINERS = [
	containerRow('app', {node: 'n1', cluster: 'a', info: containerInfo('app', {isReady: false})}),
	containerRow('cron', {node: '', pod: undefined, info: undefined}),
];

test.each([
	['pods', PODS],
	['containers', CONTAINERS],
] as const)('texts of %s in the tree are those of their table', (level, rows) => {
	for (const column of columnsOf('tree').filter(({unit}) => isText(unit))) {
		const ofTable = textsOfTable(level, [column]);
		for (const row of rows) {
			const text = ofTable[0]?.value(row as Row as never, 0);
			expect([column.id, text]).toEqual([column.id, column.value(lineOf(row, 0, undefined), 0)]);
		}
	}
});
