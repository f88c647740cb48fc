import {describedObject} from '../../metrics/model/described-object.ts';
import type {DescribedObject, Description} from '../../metrics/model/description.ts';
import type {Subject} from '../../metrics/model/row.ts';
import type {Feed} from '../feed.ts';
import type {ScreenState} from '../state/screen-state.ts';

export type Described = {readonly object: DescribedObject; readonly description: Description | 'unread'};

/** What the API server says about an object now; undefined for the past, or if nothing can be asked. */
export function describedOf(
	subject: Subject,
	{cursor}: ScreenState,
	description: Feed['description'],
): Described | undefined {
	const object = cursor === 'live' && description?.isAvailable() ? describedObject(subject) : undefined;
	return object && {object, description: description?.of(object) ?? 'unread'};
}
