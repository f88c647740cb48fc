import fc from 'fast-check';
import {expect, test} from 'vitest';
import {compareIdentity} from '../../../source/metrics/view/identity.ts';
import {atOnce} from '../../../source/metrics/view/in-turns.ts';
import {sortedByNamespace} from '../../../source/metrics/view/namespace-order.ts';
import {podRow} from '../rows.ts';

test('rows sorted namespace by namespace are in the order of their identities, also where names have no order', () => {
	const names = fc.constantFrom('a1', 'a01', 'a2', 'a10', 'b', 'B', 'é', 'db-1');
	const pod = fc.record({namespace: names, name: names, id: fc.uuid()});
	fc.assert(
		fc.property(fc.array(pod, {maxLength: 200, size: 'max'}), pods => {
			const rows = pods.map(({namespace, name, id}) => podRow(name, {namespace, id}));
			const sorted = atOnce(
				sortedByNamespace(
					Uint32Array.from(rows, (_, slot) => slot),
					slot => rows[slot],
				),
			);
			expect([...sorted].map(slot => rows[slot])).toEqual([...rows].sort(compareIdentity));
		}),
	);
});
