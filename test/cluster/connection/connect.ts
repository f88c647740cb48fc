import type {Connection} from '../../../source/cluster/connection/connection.ts';
import {findAccess} from '../../../source/cluster/connection/find-access.ts';
import {noCluster} from '../../../source/cluster/connection/no-cluster.ts';
import {openAccess} from '../../../source/cluster/connection/open-access.ts';
import type {ConnectionOptions} from '../../../source/cluster/connection/options.ts';

/** Chooses a cluster and opens it, as the commands do. */
export async function connect(options: ConnectionOptions): Promise<Connection> {
	const access = await findAccess(options);
	if (access === undefined) {
		throw noCluster();
	}

	return openAccess(access, options);
}
