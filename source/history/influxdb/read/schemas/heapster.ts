import type {PastValue} from '../../../store/history-request.ts';
import {HEAPSTER_TAGS, heapsterField} from '../../heapster-names.ts';
import {HEAPSTER_KINDS, HEAPSTER_VALUES} from '../../heapster-values.ts';
import type {Field, KindSchema, SchemaTable} from './schema.ts';

/** What Heapster and `ktop record` write. `hasFields` is Heapster's `withfields=true`. */
export function heapsterSchema(hasFields: boolean): SchemaTable {
	const kind = (name: keyof typeof HEAPSTER_KINDS, tags: KindSchema['tags']): KindSchema => ({
		tags,
		conditions: [{tag: HEAPSTER_TAGS.type, is: HEAPSTER_KINDS[name].type}],
		fields: Object.fromEntries(
			HEAPSTER_KINDS[name].values.map((value): readonly [PastValue, Field] => {
				const {metric, divisor} = HEAPSTER_VALUES[value];
				return [value, {...heapsterField(metric, hasFields), divisor}];
			}),
		),
	});
	const {node, namespace, pod, container} = HEAPSTER_TAGS;
	return {
		name: 'Heapster',
		node: kind('node', {node}),
		pod: kind('pod', {node, namespace, pod}),
		container: kind('container', {node, namespace, pod, container}),
		differences: [],
	};
}
