import type {ObjectEvent} from '../../metrics/model/description.ts';
import {isJsonObject, type JsonObject} from '../../metrics/model/json.ts';
import {integerAt, objectAt, objectsAt, textAt, timeAt} from '../inventory/json-field.ts';
import {messageAt} from '../inventory/message.ts';

/**
 * The events of a `v1.EventList`, the newest first; undefined if it is none. `container`: only those about this container
 * or about the whole pod.
 */
export function decodeEvents(
	list: unknown,
	container: string | undefined,
): readonly ObjectEvent[] | undefined {
	if (!isJsonObject(list) || !Array.isArray(list.items)) {
		return undefined;
	}

	return objectsAt(list, 'items')
		.filter(event => container === undefined || isAbout(event, container))
		.map(decodeEvent)
		.sort((one, other) => (other.lastMs ?? 0) - (one.lastMs ?? 0));
}

/** The field path of an event about a container is `spec.containers{NAME}`. */
function isAbout(event: JsonObject, container: string): boolean {
	const named = /\{(.*)\}$/.exec(textAt(objectAt(event, 'involvedObject'), 'fieldPath') ?? '')?.[1];
	return named === undefined || named === container;
}

/** Events of `events.k8s.io` have a series and a time of their own, those of the core group a count and two times. */
function decodeEvent(event: JsonObject): ObjectEvent {
	const series = objectAt(event, 'series');
	return {
		isWarning: event.type === 'Warning',
		reason: textAt(event, 'reason') ?? '',
		message: messageAt(event) ?? '',
		count: Math.max(integerAt(series, 'count') ?? integerAt(event, 'count') ?? 1, 1),
		lastMs:
			timeAt(series, 'lastObservedTime') ??
			timeAt(event, 'lastTimestamp') ??
			timeAt(event, 'eventTime') ??
			timeAt(event, 'firstTimestamp') ??
			timeAt(objectAt(event, 'metadata'), 'creationTimestamp'),
		from: textAt(objectAt(event, 'source'), 'component') ?? textAt(event, 'reportingComponent'),
	};
}
