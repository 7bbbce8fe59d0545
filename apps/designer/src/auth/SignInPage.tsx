import { usePageTitle } from '../ui/usePageTitle.js';
import { Brand } from '../app/Brand.js';
import { DemoPeople } from './DemoPeople.js';
import { SignInForm } from './SignInForm.js';
import './sign-in.css';

/** The door: a password, or one click in the demo. */
export function SignInPage() {
  usePageTitle('Sign in');
  return (
    <main className="sign-in">
      <div className="sign-in__card">
        <Brand size={28} />
        <h1>Sign in</h1>
        <SignInForm />
        <DemoPeople />
      </div>
    </main>
  );
}
