/** The one part of undici that ktop needs: importing the whole package costs three times as much at start. */
declare module 'undici/lib/dispatcher/pool.js' {
	import {Pool} from 'undici';

	export default Pool;
}
