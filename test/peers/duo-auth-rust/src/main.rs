//! Drives duo-auth of crates.io: one JSON call a line in, one JSON answer a line out. Nothing of it is
//! changed: it takes a port in its address, and its authority from SSL_CERT_FILE. It knows no `logo`,
//! and starts every authentication without waiting for it, so that the driver polls.
//! Environment: DUO_PORT, DUO_IKEY, DUO_SKEY, SSL_CERT_FILE.

use std::{collections::HashMap, env, io, io::Write, time::Duration};

use duo_auth::{
    client::DuoClient,
    errors::Error,
    types::{
        AuthRequest, AuthRequestFactor, AuthResult, AuthStatus, AuthStatusResponse,
        EnrollStatusResponse, PreauthRequest, PreauthResponse, User,
    },
};
use serde::Deserialize;
use serde_json::{json, Value};

#[derive(Deserialize)]
struct Call {
    call: String,
    args: HashMap<String, String>,
}

type Args = HashMap<String, String>;

fn text(args: &Args, name: &str) -> String {
    args.get(name).cloned().unwrap_or_default()
}

fn user(args: &Args) -> User {
    User::username(text(args, "username"))
}

fn factor(args: &Args) -> AuthRequestFactor {
    let device = text(args, "device");
    match text(args, "factor").as_str() {
        "push" => AuthRequestFactor::Push {
            device,
            r#type: args.get("type").cloned(),
            display_username: args.get("display_username").cloned(),
            push_info: args.get("pushinfo").cloned(),
        },
        "phone" => AuthRequestFactor::Phone { device },
        "sms" => AuthRequestFactor::Sms { device },
        _ => AuthRequestFactor::Passcode {
            passcode: text(args, "passcode"),
        },
    }
}

fn status(answer: &AuthStatusResponse) -> Value {
    let result = match answer.result {
        AuthResult::Allow => "allow",
        AuthResult::Deny => "deny",
        AuthResult::Waiting => "waiting",
    };
    let status = match answer.status {
        AuthStatus::Calling => "calling",
        AuthStatus::Answered => "answered",
        AuthStatus::Pushed => "pushed",
        AuthStatus::PushFailed => "push_failed",
        AuthStatus::Timeout => "timeout",
        AuthStatus::Fraud => "fraud",
        AuthStatus::Allow => "allow",
        AuthStatus::Bypass => "bypass",
        AuthStatus::Deny => "deny",
        AuthStatus::LockedOut => "locked_out",
        AuthStatus::Sent => "sent",
    };
    json!({ "result": result, "status": status, "status_msg": answer.status_msg })
}

async fn auth(client: &DuoClient, args: &Args) -> Result<Value, Error> {
    let mut request = AuthRequest::new(user(args), factor(args));
    request.ipaddr = args.get("ipaddr").cloned();
    let txid = client.auth(request).await?;
    if args.contains_key("async") {
        return Ok(json!({ "txid": txid }));
    }
    loop {
        let answer = client.auth_status(txid.clone()).await?;
        if answer.ready().is_some() {
            return Ok(status(&answer));
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

async fn preauth(client: &DuoClient, args: &Args) -> Result<Value, Error> {
    let mut request = PreauthRequest::new(user(args));
    request.ipaddr = args.get("ipaddr").cloned();
    let result = match client.preauth(request).await? {
        PreauthResponse::Auth { .. } => "auth",
        PreauthResponse::Enroll { .. } => "enroll",
        PreauthResponse::Allow => "allow",
        PreauthResponse::Deny => "deny",
    };
    Ok(json!({ "result": result }))
}

async fn enroll(client: &DuoClient, args: &Args) -> Result<Value, Error> {
    let answer = client.enroll(args.get("username"), None).await?;
    Ok(json!({ "user_id": answer.user_id, "activation_code": answer.activation_code }))
}

async fn enroll_status(client: &DuoClient, args: &Args) -> Result<Value, Error> {
    let answer = client
        .enroll_status(text(args, "user_id"), text(args, "activation_code"))
        .await?;
    Ok(json!(match answer {
        EnrollStatusResponse::Success => "success",
        EnrollStatusResponse::Invalid => "invalid",
        EnrollStatusResponse::Waiting => "waiting",
    }))
}

async fn run(client: &DuoClient, request: &Call) -> Result<Value, Error> {
    let args = &request.args;
    match request.call.as_str() {
        "ping" => Ok(json!({ "time": client.ping().await? })),
        "check" => Ok(json!({ "time": client.check().await? })),
        "preauth" => preauth(client, args).await,
        "auth" => auth(client, args).await,
        "auth_status" => Ok(status(&client.auth_status(text(args, "txid")).await?)),
        "enroll" => enroll(client, args).await,
        "enroll_status" => enroll_status(client, args).await,
        _ => Err(Error::Unspecified("the client has no such call".into())),
    }
}

fn reply(result: Result<Value, Error>) -> Value {
    match result {
        Ok(answer) => json!({ "ok": answer }),
        Err(Error::ApiRequestFailed {
            code,
            message,
            message_detail,
        }) => json!({ "error": { "code": code, "detail": message_detail, "text": message } }),
        Err(error) => json!({ "error": { "code": null, "text": format!("{error:?}") } }),
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let variable = |name| env::var(name).unwrap_or_default();
    let address = format!("https://localhost:{}", variable("DUO_PORT"));
    let client = DuoClient::new(address, variable("DUO_IKEY"), variable("DUO_SKEY"))?;
    for line in io::stdin().lines() {
        let request: Call = serde_json::from_str(&line?)?;
        println!("{}", reply(run(&client, &request).await));
        io::stdout().flush()?;
    }
    Ok(())
}
