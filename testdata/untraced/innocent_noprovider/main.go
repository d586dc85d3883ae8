// Package main is right: it does not trace at all.
package main

import (
	"database/sql"
	"log"
	"net"
	"net/http"

	"github.com/gin-gonic/gin"
	"google.golang.org/grpc"
)

// Silent: no provider, no trace, nothing to instrument.
func main() {
	db, err := sql.Open("postgres", "dsn")
	if err != nil {
		log.Fatal(err)
	}
	defer db.Close()
	if res, err := http.DefaultClient.Get("http://billing/"); err == nil {
		res.Body.Close()
	}
	if lis, err := net.Listen("tcp", ":9090"); err == nil {
		go grpc.NewServer().Serve(lis)
	}
	log.Print(gin.New().Run())
}
