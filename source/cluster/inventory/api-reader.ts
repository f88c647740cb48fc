import type {StreamingEndpoint} from '../../http/endpoint.ts';

/**
 * The part of an API server connection that the inventory uses.
 *
 * Each collection (nodes; pods of all namespaces or of each) holds one watch open. The endpoint must allow more
 * `connections` than that, or lists would wait for watches to end.
 */
export type ApiReader = Pick<StreamingEndpoint, 'get' | 'stream'>;
