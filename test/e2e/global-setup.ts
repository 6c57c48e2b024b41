/** These tests run the program as it is shipped as well. */
export { default } from '../terminal/global-setup.ts';
