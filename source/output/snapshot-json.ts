import {printableJson} from '../metrics/model/printable.ts';
import {FieldList} from './field-list.ts';
import type {Snapshot} from './snapshot.ts';

/** A line with the JSON of a snapshot, a row at a time. All texts together are what `printableJson` says of it. */
export function* snapshotLine(snapshot: Snapshot): Iterable<string> {
	let before = '{';
	for (const [name, value] of Object.entries(snapshot)) {
		yield `${before}"${name}":`;
		before = ',';
		if (value instanceof FieldList) {
			yield* listJson(value);
		} else {
			yield printableJson(value);
		}
	}

	yield '}\n';
}

function* listJson(list: FieldList): Iterable<string> {
	let before = '[';
	for (const fields of list) {
		yield before + printableJson(fields);
		before = ',';
	}

	yield before === '[' ? '[]' : ']';
}
