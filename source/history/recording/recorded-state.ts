import type {Failure, FailureCode} from '../../metrics/model/failure.ts';
import type {NodeState} from '../../metrics/model/node-state.ts';
import {parseRoute, routeText} from '../../metrics/model/route.ts';
import {amount, type JsonShape, object, text, time, variants} from './json-shape.ts';

type Live = Extract<NodeState, {kind: 'live'}>;
type Stored = Extract<NodeState, {kind: 'stored'}>;
type Failed = Extract<NodeState, {kind: 'failed'}>;
type RecordedLive = Omit<Live, 'route'> & {readonly route: string};

/** A state as recordings have it: the route of a live one is text. */
export type RecordedState = Exclude<NodeState, Live> | RecordedLive;

export function recordedState(state: NodeState): RecordedState {
	return state.kind === 'live' ? {...state, route: routeText(state.route)} : state;
}

export function stateOf(state: RecordedState): NodeState {
	return state.kind === 'live' ? {...state, route: parseRoute(state.route)} : state;
}

// Codes are only shown, so that those of a newer ktop are as good as any.
const code = text as JsonShape<FailureCode>;
const failure = object<Failure>({code, brief: text, message: text, hint: text}, {});

export const stateShape = variants<RecordedState>({
	waiting: object({}, {}),
	past: object({}, {}),
	live: object<Omit<RecordedLive, 'kind'>>({route: text, latencyMs: amount}, {degraded: failure}),
	stored: object<Omit<Stored, 'kind'>>({store: text, atMs: time}, {failure}),
	failed: object<Omit<Failed, 'kind'>>({failure, sinceMs: time, attempts: amount, retryAtMs: time}, {}),
});
