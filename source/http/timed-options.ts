import type {EndpointOptions} from './endpoint.ts';

const CONNECT_TIMEOUT_MS = 3000;

export type TimedOptions = EndpointOptions & {readonly connectTimeoutMs: number};

export function timed(options: EndpointOptions): TimedOptions {
	return {...options, connectTimeoutMs: options.connectTimeoutMs ?? CONNECT_TIMEOUT_MS};
}
