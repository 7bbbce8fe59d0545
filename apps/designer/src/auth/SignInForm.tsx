import { Alert, Button, PasswordInput, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { client } from '../api/client.js';
import { codeOf, shownProblem } from '../api/shown-problem.js';

/** Tenant, email, password. The browser's password manager may fill it in. */
export function SignInForm() {
  const [credentials, setCredentials] = useState({ tenant: '', email: '', password: '' });
  const signIn = useMutation({ mutationFn: () => client.login(credentials) });
  const field = (name: keyof typeof credentials) => ({
    value: credentials[name],
    onChange: (event: { currentTarget: { value: string } }) => setCredentials({ ...credentials, [name]: event.currentTarget.value }),
    required: true,
    withAsterisk: false,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    signIn.mutate();
  };

  return (
    <form onSubmit={submit} className="sign-in__form">
      {signIn.isError && (
        <Alert color="red" variant="light" role="alert" classNames={{ root: 'alert-bad' }}>
          {refusal(signIn.error)}
        </Alert>
      )}
      <TextInput label="Tenant" autoComplete="organization" placeholder="acme" {...field('tenant')} />
      <TextInput label="Email" type="email" autoComplete="username" {...field('email')} />
      <PasswordInput label="Password" autoComplete="current-password" {...field('password')} />
      <Button type="submit" fullWidth loading={signIn.isPending} mt={4}>
        Sign in
      </Button>
    </form>
  );
}

function refusal(error: unknown): string {
  if (codeOf(error) === 'unauthenticated' || codeOf(error) === 'login-failed')
    return 'Tenant, email and password do not match. Check them and try again.';
  const problem = shownProblem(error);
  return problem.detail ?? problem.title;
}
