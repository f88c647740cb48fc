/** undici's way to make a connection, for those that begin elsewhere: in a proxy's tunnel. */
declare module 'undici/lib/core/connect.js' {
	import {buildConnector} from 'undici';

	export default buildConnector;
}
