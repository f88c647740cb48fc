/**
 * How pods and containers are counted, everywhere on the screen and in JSON:
 * - `running`: what nodes report; of a container that no node reports, where the API server says that it runs.
 * - `bound`: pods that are placed on a node and not finished, as the API server says. Rows of nodes and namespaces and
 *   the sums over all nodes count these, or running ones without an API server.
 * - all: every row that there is, also what waits, has finished, or is a daemon of a node. Tabs and tables count these.
 */
export type PodCount = {readonly count: number; readonly are: 'bound' | 'running'};
