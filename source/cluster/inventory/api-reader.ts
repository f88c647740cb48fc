import type {StreamingEndpoint} from '../../http/endpoint.ts';

/**
 * All that the inventory needs of a connection to an API server: two ways to GET.
 *
 * Every collection (nodes, and pods of all or of each namespace) keeps one watch open, so the endpoint must allow
 * that many `connections` and a few more, or the lists would wait behind the watches.
 */
export type ApiReader = Pick<StreamingEndpoint, 'get' | 'stream'>;
