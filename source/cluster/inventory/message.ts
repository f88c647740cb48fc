import type {JsonObject} from '../../metrics/model/json.ts';
import {textAt} from './json-field.ts';

/** Enough for the scheduler’s message about several kinds of nodes, and small enough for thousands of pods. */
const MAX_CHARACTERS = 300;

/** The `message` of a status or condition, cut at 300 characters; undefined if empty. */
export function messageAt(object: JsonObject): string | undefined {
	const message = textAt(object, 'message')?.trim();
	return message === undefined || message === ''
		? undefined
		: message.length > MAX_CHARACTERS
			? `${message.slice(0, MAX_CHARACTERS)}…`
			: message;
}
