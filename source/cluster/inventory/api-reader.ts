import type {StreamingEndpoint} from '../../http/endpoint.ts';

/** All that the inventory needs of a connection to an API server: two ways to GET. */
export type ApiReader = Pick<StreamingEndpoint, 'get' | 'stream'>;
