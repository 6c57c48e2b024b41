/** These tests also run the program as it is shipped. */
export { default } from '../terminal/global-setup.ts';
