import type {JsonObject} from '../../metrics/model/json.ts';
import {textAt} from './json-field.ts';

/** Enough for what a scheduler says of some kinds of nodes, and little for thousands of pods. */
const MOST_CHARACTERS = 300;

/** The `message` of a status or a condition, cut where it is very long; undefined where it is empty. */
export function messageAt(object: JsonObject): string | undefined {
	const message = textAt(object, 'message')?.trim();
	return message === undefined || message === ''
		? undefined
		: message.length > MOST_CHARACTERS
			? `${message.slice(0, MOST_CHARACTERS)}…`
			: message;
}
